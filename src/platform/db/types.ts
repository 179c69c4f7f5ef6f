// Placeholder until `npm run types:db` has run once.
// biome-ignore lint/suspicious/noEmptyInterface: replaced by the generator
export interface DB {}
