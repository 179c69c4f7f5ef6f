/** What a head asks of the dossiers on the unit's desks now. Each is a number that opens its rows. */
export const BUCKETS = ['open', 'due-today', 'at-risk', 'late', 'citizen', 'money', 'agency'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Numbers by bucket. A dossier stands in `open` and in any others that hold of it. */
export type BucketCounts = Readonly<Record<Bucket, number>>;
