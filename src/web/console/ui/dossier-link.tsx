import { Link } from '@tanstack/react-router';

/** The code of a dossier that leads to its page. `walked`: `j`/`k` stop at it (`useRowKeys`). */
export function DossierLink({ id, code, walked = false }: { id: string; code: string; walked?: boolean }) {
  return (
    <Link to="/ho-so/$id" params={{ id }} className="code" {...(walked ? { 'data-row': '' } : {})}>
      {code}
    </Link>
  );
}
