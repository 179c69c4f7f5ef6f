import Type from 'typebox';

/** Text with something to see in it; line ends allowed. */
export const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });
/** As {@link text}, or left out, or `''`: an empty place is printed as dots to be filled by hand. */
export const optionalText = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** Plain day `YYYY-MM-DD`. */
export const day = () => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** Instant in ISO 8601 with +07:00, as core/time writes it: `2023-08-21T09:00:00+07:00`. Printed to the minute. */
export const instant = () =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?\\+07:00$' });
/** Whole đồng. */
export const amountVnd = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** A count of papers or copies. */
export const count = () => Type.Integer({ minimum: 0, maximum: 100_000 });

/** Head of every paper (NĐ 30/2020/NĐ-CP, Phụ lục I): who issues it, its number, where and when. */
export const Letterhead = Type.Object(
  {
    /** Tên cơ quan chủ quản; printed in capitals. */
    parentAuthority: optionalText(300),
    /** Tên cơ quan, tổ chức or bộ phận một cửa; printed in capitals. */
    authority: text(300),
    /** The whole number with its symbol, `125/TNHS-UBND`; dots when missing. */
    number: optionalText(60),
    /** Địa danh. */
    place: text(100),
    date: day(),
  },
  { additionalProperties: false },
);

/** The dossier and where the public can follow it. */
export const dossierFields = {
  dossierCode: Type.String({ minLength: 1, maxLength: 60, pattern: '^[0-9A-Za-z][0-9A-Za-z.\\-]*$' }),
  /** Address of the public check page; goes into the QR and must contain the code. */
  checkUrl: Type.String({ maxLength: 500, pattern: '^https?://[^\\s]+$' }),
};

/** Whose dossier it is, as on the snapshot of the party taken at reception. */
export const Party = Type.Object(
  {
    name: text(500),
    address: optionalText(1000),
    phone: optionalText(50),
    email: optionalText(254),
    /** What `identityNumber` is a number of: `Số CCCD`, `Mã số thuế`; default `Số CMND/CC/Hộ chiếu`. */
    identityLabel: optionalText(60),
    identityNumber: optionalText(50),
  },
  { additionalProperties: false },
);

/** Somebody at the desk to ask. */
export const Contact = Type.Object(
  { name: optionalText(200), phone: optionalText(50) },
  { additionalProperties: false },
);

/** Last block of a decision: `TM. ỦY BAN NHÂN DÂN` / `CHỦ TỊCH` / name. Lines of `capacity` are kept. */
export const Signer = Type.Object(
  { onBehalfOf: optionalText(300), capacity: text(300), name: optionalText(200) },
  { additionalProperties: false },
);

/** A limit in the units of the clock (`core/working-time`); printed `05 ngày làm việc`. */
export const Allowance = Type.Object(
  {
    amount: Type.Number({ minimum: 0, maximum: 10_000 }),
    unit: Type.Union([
      Type.Literal('working-day'),
      Type.Literal('working-hour'),
      Type.Literal('clock-hour'),
      Type.Literal('day'),
      Type.Literal('month'),
      Type.Literal('same-day'),
    ]),
  },
  { additionalProperties: false },
);

export const ResultChannel = Type.Union([Type.Literal('desk'), Type.Literal('post'), Type.Literal('online')]);

/** Class of a step or dossier, from `classify`; `null` while it is open. */
export const Outcome = Type.Union([Type.Literal('early'), Type.Literal('on-time'), Type.Literal('late'), Type.Null()]);
