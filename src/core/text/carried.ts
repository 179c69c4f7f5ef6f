// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
const UNCARRIED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * Text as the XML of an office file can carry it: NFC, without the control characters and noncharacters XML 1.0 forbids; half
 * a surrogate pair becomes U+FFFD. Tabs and line ends stay.
 * @example carriedText('a\u0001b') === 'ab'
 */
export const carriedText = (text: string): string => text.normalize('NFC').replaceAll(UNCARRIED, '').toWellFormed();
