/** Draws a bar on a terminal's stderr; silent elsewhere. Returns the function to call with the number done. */
export function progressBar(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): (done: number) => void {
  if (!stream.isTTY) return () => {};
  const begunMs = performance.now();
  let drawnMs = 0;
  return (done) => {
    const nowMs = performance.now();
    if (nowMs - drawnMs < 200 && done < total) return;
    drawnMs = nowMs;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const width = 30;
    const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
    const rate = Math.round(done / Math.max(0.001, (nowMs - begunMs) / 1000));
    stream.write(
      `\r${label} ${bar} ${done.toLocaleString('vi-VN')}/${total.toLocaleString('vi-VN')} (${rate.toLocaleString('vi-VN')}/giây)${done >= total ? '\n' : ''}`,
    );
  };
}
