import { Locale, Settings } from 'typebox/system';
import { formatNumberVi } from '../../core/text/numbers.ts';
import { words } from './words.ts';

type ShapeError = Parameters<typeof Locale.vi_VN>[0];

/**
 * Makes TypeBox tell what is wrong in words a clerk understands, in this process: “phải là một số” and not “phải là number”.
 * The messages of `Value.Errors` are these from then on, up to fifty at once. To be called before the first check.
 */
export function tellShapesInVietnamese(): void {
  Settings.Set({ maxErrors: 50 });
  Locale.Set(tell);
}

/** `1.000.000`, as people write it; what is no number (a bound of a bigint) as it stands. */
const limitOf = (limit: number | bigint): string => formatNumberVi(limit);

function tell(error: ShapeError): string {
  switch (error.keyword) {
    case 'type': {
      const types = typeof error.params.type === 'string' ? [error.params.type] : error.params.type;
      return types.map((type) => words(`shapes.type.${type}`)).join(words('shapes.or'));
    }
    case 'boolean':
      return words('shapes.unknown');
    case 'additionalProperties':
      return words('shapes.unknown-names', { names: error.params.additionalProperties.join(', ') });
    case 'required':
      return words('shapes.missing', { names: error.params.requiredProperties.join(', ') });
    case 'anyOf':
    case 'oneOf':
    case 'enum':
    case 'const':
      return words('shapes.choice');
    case 'pattern':
    case 'format':
      return words('shapes.form');
    case 'minLength':
      // A text that had to be there and is empty: “at least 1 character” tells nobody what to do.
      return error.params.limit === 1
        ? words('shapes.blank')
        : words('shapes.min-length', { limit: limitOf(error.params.limit) });
    case 'maxLength':
      return words('shapes.max-length', { limit: limitOf(error.params.limit) });
    case 'minItems':
      return words('shapes.min-items', { limit: limitOf(error.params.limit) });
    case 'maxItems':
      return words('shapes.max-items', { limit: limitOf(error.params.limit) });
    case 'uniqueItems':
      return words('shapes.repeated');
    case 'minimum':
      return words('shapes.at-least', { limit: limitOf(error.params.limit) });
    case 'maximum':
      return words('shapes.at-most', { limit: limitOf(error.params.limit) });
    case 'exclusiveMinimum':
      return words('shapes.above', { limit: limitOf(error.params.limit) });
    case 'exclusiveMaximum':
      return words('shapes.below', { limit: limitOf(error.params.limit) });
    default:
      return Locale.vi_VN(error);
  }
}
