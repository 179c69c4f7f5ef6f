/** Plain text of content with its line breaks as paragraphs; never HTML. */
export function Paragraphs({ text }: { text: string }) {
  const lines = text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    <div className="prose">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text never move
        <p key={index}>{line}</p>
      ))}
    </div>
  );
}
