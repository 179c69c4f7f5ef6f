import type { ReactNode } from 'react';

/** A strip over the whole page: which era this is, that it is a training system, that work is planned. */
export interface BannerText {
  tone: 'info' | 'training' | 'warning' | 'danger';
  /** One word in bold: "Bản dùng thử", "Đào tạo". */
  word: string;
  text: string;
}

export function Banner({ tone, word, text }: BannerText) {
  return (
    <div className={tone === 'info' ? 'banner' : `banner banner--${tone}`} role="note">
      <p>
        <span className="banner__word">{word}.</span> {text}
      </p>
    </div>
  );
}

/** A remark inside a page. */
export function Note({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'success' | 'warning' | 'danger';
  children: ReactNode;
}) {
  return <div className={tone === 'info' ? 'note' : `note note--${tone}`}>{children}</div>;
}
