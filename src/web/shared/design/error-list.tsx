import { useTranslate } from '../i18n/context.tsx';

/** One thing to mend: the id of the control it is about, and what to do. */
export interface FieldProblem {
  id: string;
  message: string;
}

/** Summary of what must be mended, on top of a page, each line leading to its field. Nothing when all is well. */
export function ErrorList({ problems, title }: { problems: readonly FieldProblem[]; title?: string }) {
  const t = useTranslate();
  if (problems.length === 0) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} id="error-summary" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{title ?? t('ui.errors.title', { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.id} ${problem.message}`}>
            <a href={`#${problem.id}`}>{problem.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Message for one control out of a list of problems. */
export function problemOf(problems: readonly FieldProblem[], id: string): string | undefined {
  return problems.find((problem) => problem.id === id)?.message;
}
