import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Look = 'primary' | 'secondary' | 'danger' | 'link';

function classes(look: Look, small: boolean): string {
  const names = ['button'];
  if (look !== 'primary') names.push(`button--${look}`);
  if (small) names.push('button--small');
  return names.join(' ');
}

/** A button that acts. Give `name`/`value` to tell several submit buttons of one form apart. */
export function Button({
  look = 'primary',
  small = false,
  type = 'submit',
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; small?: boolean; children: ReactNode }) {
  return (
    <button {...rest} type={type} className={classes(look, small)}>
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({
  href,
  look = 'primary',
  small = false,
  newTab = false,
  children,
}: {
  href: string;
  look?: Look;
  small?: boolean;
  /** For the rare page that must stay open; its text has to say so. */
  newTab?: boolean;
  children: ReactNode;
}) {
  return (
    <a href={href} className={classes(look, small)} {...(newTab ? { target: '_blank', rel: 'noopener' } : {})}>
      {children}
    </a>
  );
}

/** A row of actions; the main one first, as the eye and the Tab key meet it first. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="button-row">{children}</div>;
}
