type Props = {
  /** Says how many there are. */
  readonly title: string;
  /** What is wrong, its place in words first. */
  readonly findings: readonly string[];
};

/** What a designer's check has found. */
export function FindingsNote({ title, findings }: Props) {
  return (
    <div className="note note--danger">
      <p>{title}</p>
      <ul>
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
    </div>
  );
}
