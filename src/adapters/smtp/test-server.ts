import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** How the mail server behaves now. `drop-…`: it closes the connection there, without an answer. */
export type Behaviour =
  | 'well'
  | 'busy-greeting'
  | 'refuse-address'
  | 'greylist'
  | 'busy-data'
  | 'slow'
  | 'hang'
  | 'drop-in-text'
  | 'drop-after-taking';

/** A real mail server on the loopback for tests, whose manners can be changed while it runs. */
export async function startTestMailServer(port = 0) {
  /** Every text it took over, in order, doubles included. */
  const taken: string[] = [];
  let behaviour: Behaviour = 'well';
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, behaviour === 'slow' ? 150 : 0));
  const failure = (code: number, message: string): Error => Object.assign(new Error(message), { responseCode: code });
  const drop = (): void => {
    for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>) connection._socket.destroy();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    logger: false,
    onConnect: (_, done) =>
      void pause().then(() => (behaviour === 'busy-greeting' ? done(failure(421, 'busy')) : done())),
    onMailFrom: (_address, _, done) => void pause().then(() => done()),
    onRcptTo(address, _, done) {
      if (behaviour === 'hang') return;
      void pause().then(() => {
        if (behaviour === 'refuse-address') return done(failure(550, `<${address.address}> unknown`));
        if (behaviour === 'greylist') return done(failure(450, `<${address.address}> greylisted, come back later`));
        return done();
      });
    },
    onData(stream, _, done) {
      if (behaviour === 'drop-in-text') return void stream.once('data', drop);
      text(stream)
        .then(async (mail) => {
          await pause();
          if (behaviour === 'busy-data') return done(failure(451, 'try later'));
          taken.push(mail);
          if (behaviour === 'drop-after-taking') return drop();
          return done();
        })
        .catch(() => {});
    },
  });
  server.on('error', () => {});
  const listener = server.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    taken,
    behave: (next: Behaviour): void => {
      behaviour = next;
    },
    /** The mailbox as its owner sees it: mails with one `Message-ID` are one mail. */
    mailbox: (): ReadonlyMap<string, string> =>
      new Map(taken.map((mail) => [/^message-id: *(\S+)/im.exec(mail)?.[1] ?? '', mail])),
    stop: (): Promise<void> => new Promise((resolve) => server.close(() => resolve())),
  };
}
