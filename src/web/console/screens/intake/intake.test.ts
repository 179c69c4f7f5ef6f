import { describe, expect, it } from 'vitest';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { EMPTY_PERSON, newDraft, toIntakeBody } from './draft.ts';
import { followForm, followOwner, ownerPlace } from './link-owner.ts';

const form: FormDefinition = {
  id: 'f',
  revision: '1',
  title: 'F',
  sections: [
    {
      id: 's',
      title: 'S',
      fields: [
        {
          id: 'who',
          type: 'person',
          label: 'Ai',
          semanticKey: 'applicant',
          parts: { idNumber: 'required', nationality: 'required' },
        },
        { id: 'home', type: 'address', label: 'Nơi ở' },
      ],
    },
  ],
};

function placeOf(definition: FormDefinition) {
  const place = ownerPlace(definition);
  if (!place) throw new Error('the form asks for no owner');
  return place;
}

describe('what the owner said', () => {
  const place = placeOf(form);
  const an = { ...EMPTY_PERSON, fullName: 'Đỗ Thị An', idNumber: '999000000001', address: 'xã Hiệp Đức' };

  it('is written into the form', () => {
    expect(followOwner({}, place, EMPTY_PERSON, an)).toMatchObject({
      who: { fullName: 'Đỗ Thị An', idType: 'cccd', idNumber: '999000000001', nationality: 'Việt Nam' },
      home: { unitText: 'xã Hiệp Đức' },
    });
  });

  it('follows letter by letter', () => {
    const first = followOwner({}, place, EMPTY_PERSON, { ...EMPTY_PERSON, fullName: 'Đ' });
    const second = followOwner(first, place, { ...EMPTY_PERSON, fullName: 'Đ' }, { ...EMPTY_PERSON, fullName: 'Đỗ' });
    expect(second).toMatchObject({ who: { fullName: 'Đỗ' } });
  });

  it('never overwrites what the clerk wrote into the form', () => {
    const values = { who: { fullName: 'Người khác' } };
    expect(followOwner(values, place, EMPTY_PERSON, an)).toMatchObject({ who: { fullName: 'Người khác' } });
  });
});

describe('what the form said first', () => {
  const place = placeOf(form);
  const values = {
    who: { fullName: 'Hồ Văn Bình', idNumber: '999000000002', idType: 'cccd' },
    home: { text: 'Thôn Một', unitText: 'xã Hiệp Đức' },
  };

  it('fills the owner, letter by letter', () => {
    const first = followForm(EMPTY_PERSON, place, { who: { fullName: 'H' } }, []);
    expect(first.fullName).toBe('H');
    expect(followForm(first, place, values, [])).toMatchObject({
      fullName: 'Hồ Văn Bình',
      idNumber: '999000000002',
      address: 'Thôn Một, xã Hiệp Đức',
    });
  });

  it('leaves what was typed in the block of the owner, and a person who was found', () => {
    const owner = { ...EMPTY_PERSON, phone: '0900000001', fullName: 'Đỗ Thị An' };
    expect(followForm(owner, place, values, ['phone', 'fullName'])).toMatchObject({
      fullName: 'Đỗ Thị An',
      phone: '0900000001',
      idNumber: '999000000002',
    });
    const known = { ...owner, personId: 'p1' };
    expect(followForm(known, place, values, [])).toBe(known);
  });
});

describe('the request of an intake', () => {
  it('reads dates as typed and leaves out what was not said', () => {
    const draft = { ...newDraft(), owner: { ...EMPTY_PERSON, fullName: ' An ', birthDate: '5/9/1990' } };
    const body = toIntakeBody(draft, 'u1', true);
    expect(body.parties).toHaveLength(1);
    expect(body.parties[0]?.snapshot).toMatchObject({
      fullName: 'An',
      birthDate: '1990-09-05',
      idNumber: null,
      idType: null,
    });
    expect(body.subject).toBeUndefined();
  });

  it('has a key of its own', () => {
    expect(newDraft().key).not.toBe(newDraft().key);
  });
});
