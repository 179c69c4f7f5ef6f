import { type FieldProblem, problemOf } from '../shared/design/error-list.tsx';
import { TextField } from '../shared/design/field.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';

type Props = { readonly code: string; readonly codeHint: string; readonly problems: readonly FieldProblem[] };

/** The code of a dossier and the second fact that proves it: what following asks for, and a counter of surveys too. */
export function FollowFields({ code, codeHint, problems }: Props) {
  const t = useTranslate();
  return (
    <>
      <TextField
        id="ma"
        name="ma"
        label={t('portal.tracking.code')}
        hint={codeHint}
        error={problemOf(problems, 'ma')}
        defaultValue={code}
        autoComplete="off"
        maxLength={60}
        code
      />
      <TextField
        id="doi-chieu"
        name="doi-chieu"
        label={t('portal.tracking.fact')}
        hint={t('portal.tracking.fact-hint')}
        error={problemOf(problems, 'doi-chieu')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        short
      />
    </>
  );
}
