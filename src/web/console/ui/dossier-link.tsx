import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';

/**
 * The code of a dossier that leads to its page; in the list, where room is short, it may go over after a hyphen, and is one
 * word all the same to who hears it.
 * `walked`: `j`/`k` stop at it (`useRowKeys`).
 */
export function DossierLink({ id, code, walked = false }: { id: string; code: string; walked?: boolean }) {
  return (
    <Link to="/ho-so/$id" params={{ id }} className="code" aria-label={code} {...(walked ? { 'data-row': '' } : {})}>
      {code.split(/(?<=-)/).map((part, at) => (
        <Fragment key={part}>
          {at > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </Link>
  );
}
