import Type from 'typebox';
import { dossierFields, Letterhead, optionalText, Signer, text } from './slip-fields.ts';

const block = Type.Union([
  /** Running text, justified, first line indented; line ends begin new paragraphs. */
  Type.Object({ kind: Type.Literal('paragraph'), text: text(20_000) }, { additionalProperties: false }),
  /** `Điều 1.` in bold, the text after it. */
  Type.Object({ kind: Type.Literal('article'), label: text(100), text: text(20_000) }, { additionalProperties: false }),
  /** A bold line in the middle: `QUYẾT ĐỊNH:`. */
  Type.Object({ kind: Type.Literal('heading'), text: text(300) }, { additionalProperties: false }),
  /** Lines of a certificate: `Họ, chữ đệm, tên: …`; an empty value prints as dots. */
  Type.Object(
    {
      kind: Type.Literal('fields'),
      rows: Type.Array(Type.Object({ label: text(300), value: optionalText(3000) }, { additionalProperties: false }), {
        minItems: 1,
        maxItems: 100,
      }),
    },
    { additionalProperties: false },
  ),
  /** Every row as long as `columns`. */
  Type.Object(
    {
      kind: Type.Literal('table'),
      columns: Type.Array(text(300), { minItems: 1, maxItems: 12 }),
      rows: Type.Array(Type.Array(Type.String({ maxLength: 3000 }), { maxItems: 12 }), { maxItems: 2000 }),
    },
    { additionalProperties: false },
  ),
]);

/**
 * A result (decision, certificate, extract) with a free body, as draft or as issued. A draft bears DỰ THẢO across each
 * page and no number.
 */
export const ResultData = Type.Object(
  {
    letterhead: Letterhead,
    ...dossierFields,
    /** Tên loại văn bản: `QUYẾT ĐỊNH`, `GIẤY CHỨNG NHẬN`. Printed in capitals, and the title of the PDF. */
    typeName: text(200),
    /** Trích yếu nội dung. */
    subject: optionalText(1000),
    /** The authority that decides, in capitals above the bases: `CHỦ TỊCH ỦY BAN NHÂN DÂN …`. */
    decidedBy: optionalText(300),
    /** Căn cứ, in italics, printed as given with their own `;` or `.`. */
    bases: Type.Array(text(2000), { maxItems: 50 }),
    body: Type.Array(block, { minItems: 1, maxItems: 500 }),
    signer: Signer,
    /** Nơi nhận; none for certificates. */
    recipients: Type.Array(text(300), { maxItems: 50 }),
    draft: Type.Boolean(),
  },
  { additionalProperties: false },
);
