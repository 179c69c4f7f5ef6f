import path from 'node:path';
import Type from 'typebox';
import { type IndicatorSet, readSet } from '../../../core/scoring/index.ts';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { type Comparison, lintPublished, type Publication, PublishedFile } from './rules/published.ts';

let sets: ReadonlyMap<string, IndicatorSet> | undefined;
let published: { publications: readonly Publication[]; comparisons: readonly Comparison[] } | undefined;

/** The sets of `content/sets`, by id, read once. @throws Error naming file and place where one is wrong. */
export function shippedSets(): ReadonlyMap<string, IndicatorSet> {
  sets ??= new Map(
    yamlFilesIn(path.join(CONTENT_DIR, 'sets')).map((file) => {
      const read = readSet(readYaml(file, Type.Unknown()));
      const name = path.basename(file);
      if (!read.ok) throw new Error(`sets/${name}: ${read.findings.map((f) => `${f.path} ${f.message}`).join('; ')}`);
      if (`${read.set.id}.yaml` !== name) throw new Error(`sets/${name}: id is ${read.set.id}`);
      return [read.set.id, read.set] as const;
    }),
  );
  return sets;
}

/** Figures published elsewhere (`content/published`), read once. @throws Error naming file and place. */
export function publishedFigures(): NonNullable<typeof published> {
  if (published) return published;
  const files = yamlFilesIn(path.join(CONTENT_DIR, 'published')).map((file) => {
    const data = readYaml(file, PublishedFile);
    const [finding] = lintPublished(data);
    if (finding) throw new Error(`published/${path.basename(file)}: ${finding}`);
    return data;
  });
  published = {
    publications: files.flatMap((file) => file.publications),
    comparisons: files.flatMap((file) => file.comparisons ?? []),
  };
  return published;
}
