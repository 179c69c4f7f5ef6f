import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Type, { type Static } from 'typebox';
import { readYaml } from '../../modules/foundation/reference/index.ts';

const closed = { additionalProperties: false } as const;
const Post = Type.Object(
  {
    /** Key of the unit in `content/units`, e.g. `512-hiep-duc/mot-cua`. */
    at: Type.String(),
    title: Type.String(),
    role: Type.Optional(Type.String()),
    /** Where the role holds, when not at the post's own unit. */
    roleAt: Type.Optional(Type.String()),
  },
  closed,
);

/** `db/demo/<era>.yaml`: invented people, their posts, accounts and the citizens of the identity simulator. */
const DemoFile = Type.Object(
  {
    era: Type.String(),
    from: Type.String(),
    password: Type.String(),
    /** Units whose demo this is; their desks show on the portal's first page. */
    home: Type.Array(Type.String(), { minItems: 1 }),
    staff: Type.Array(
      Type.Object(
        {
          key: Type.String(),
          name: Type.String(),
          /** Null: without an account. */
          login: Type.Union([Type.String(), Type.Null()]),
          posts: Type.Array(Post, { minItems: 1 }),
        },
        closed,
      ),
    ),
    /** The same set of people in further units, without accounts; `at` and `roleAt` are office codes below the unit. */
    others: Type.Object(
      {
        units: Type.Array(Type.String()),
        posts: Type.Array(Post),
        surnames: Type.Array(Type.String()),
        given: Type.Array(Type.String()),
      },
      closed,
    ),
    citizens: Type.Array(
      Type.Object(
        {
          subject: Type.String(),
          accountType: Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')]),
          idNumber: Type.String({ pattern: '^999\\d{7,9}$' }),
          fullName: Type.String(),
          birthDate: Type.String(),
          level: Type.Union([Type.Literal('LoA1'), Type.Literal('LoA2')]),
          email: Type.String(),
          phone: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DemoFile = Static<typeof DemoFile>;
export type DemoPost = DemoFile['staff'][number]['posts'][number];

const CodesFile = Type.Object({
  invented: Type.Literal(true),
  codes: Type.Array(
    Type.Object(
      { unit: Type.String(), scheme: Type.Union([Type.Literal('tt10'), Type.Literal('qd20')]), code: Type.String() },
      closed,
    ),
  ),
});
export type DemoCodes = Static<typeof CodesFile>['codes'];

const DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../db/demo');

export const DEMO_ERAS = ['2023', '2026'] as const;
export type DemoEra = (typeof DEMO_ERAS)[number];

export function readDemoFile(era: DemoEra): DemoFile {
  return readYaml(path.join(DIR, `${era}.yaml`), DemoFile);
}

/** Electronic codes the demo made up, so that dossier codes can be made; they belong to nobody. */
export function readDemoCodes(): DemoCodes {
  return readYaml(path.join(DIR, 'unit-codes.yaml'), CodesFile).codes;
}

export type DemoPerson = {
  readonly key: string;
  readonly name: string;
  readonly login: string | null;
  readonly posts: readonly DemoPost[];
};

/** Everybody of a demo: those named, and those of the further units with names put together from the lists. */
export function peopleOf(file: DemoFile): readonly DemoPerson[] {
  const { units, posts, surnames, given } = file.others;
  const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
  const others = units.flatMap((unit, u) =>
    posts.map((post, p): DemoPerson => {
      const index = u * posts.length + p;
      const below = (code: string): string => (code === '' ? unit : `${unit}/${code}`);
      return {
        key: `${unit}/${post.at}/${p}`,
        name: `${pick(surnames, index * 7 + u)} ${pick(given, index * 3)}`,
        login: null,
        posts: [{ ...post, at: below(post.at), ...(post.roleAt === undefined ? {} : { roleAt: below(post.roleAt) }) }],
      };
    }),
  );
  return [...file.staff, ...others];
}
