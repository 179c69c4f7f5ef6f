/**
 * A step of an act that has others after it: a row, then its file. Where a later one fails and the act is sent again,
 * this one is not done twice; what was changed meanwhile is done anew, knowing the answer to what was sent before.
 * @example await step(body, (before) => call(saveEntry, { body: { ...body, version: before?.version ?? row.version } }))
 */
export function createStep<Answer>() {
  let done: { readonly what: string; readonly answer: Answer } | undefined;
  return async (what: unknown, work: (before: Answer | undefined) => Promise<Answer>): Promise<Answer> => {
    const text = JSON.stringify(what);
    if (done?.what !== text) done = { what: text, answer: await work(done?.answer) };
    return done.answer;
  };
}
