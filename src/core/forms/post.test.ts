import { describe, expect, it } from 'vitest';
import { evaluateForm } from './evaluate.ts';
import { everyFieldDefinition, everyFieldForm } from './fixtures/every-field.ts';
import { parseFormPost } from './post.ts';

const definition = everyFieldDefinition();

describe('a form posted without JavaScript', () => {
  it('gives the values of what the page showed', () => {
    const { values, unknown } = parseFormPost(definition, {
      'f.applicant.fullName': 'Trần Thử Nghiệm',
      'f.applicant.birthDate': '05/09/1990',
      'f.fromDate.day': '1',
      'f.fromDate.month': '2',
      'f.fromDate.year': '2020',
      'f.graduated.day': '',
      'f.graduated.month': '',
      'f.graduated.year': '2010',
      'f.languages': ['', 'vi', 'en'],
      'f.truth': ['', 'on'],
      'f.children.0.childName': 'A',
      'f.children.2.childName': 'B',
      'f.children.2.childHome.unitText': 'xã Việt An',
    });
    expect(unknown).toEqual([]);
    expect(values).toEqual({
      applicant: { fullName: 'Trần Thử Nghiệm', birthDate: '05/09/1990' },
      fromDate: '1/2/2020',
      graduated: '2010',
      languages: ['vi', 'en'],
      truth: 'on',
      children: [{ childName: 'A' }, { childName: 'B', childHome: { unitText: 'xã Việt An' } }],
    });
  });
  it('keeps what the page did not show, and clears what was emptied on it', () => {
    const previous = {
      phone: '0912345678',
      reason: 'cũ',
      truth: true,
      languages: ['vi'],
      children: [{ childName: 'A' }],
    };
    const { values } = parseFormPost(
      definition,
      { 'f.reason': '', 'f.truth': '', 'f.languages': '', 'f.children': '' },
      previous,
    );
    expect(values).toEqual({ phone: '0912345678', reason: '', truth: '', languages: [], children: [] });
    expect(previous.children).toHaveLength(1);
  });
  it('adds and removes items and files by buttons', () => {
    const previous = { children: [{ childName: 'A' }, { childName: 'B' }], scan: [{ fileId: 'f1' }, { fileId: 'f2' }] };
    expect(parseFormPost(definition, { op: 'add:children' }, previous).values.children).toEqual([
      { childName: 'A' },
      { childName: 'B' },
      {},
    ]);
    expect(parseFormPost(definition, { op: 'remove:children:0' }, previous).values.children).toEqual([
      { childName: 'B' },
    ]);
    expect(parseFormPost(definition, { op: 'remove-file:scan:f1' }, previous).values.scan).toEqual([{ fileId: 'f2' }]);
    const typed = parseFormPost(
      definition,
      { op: 'remove:children:0', 'f.children.1.childName': 'B2', 'f.children.0.childName': 'A' },
      previous,
    );
    expect(typed.values.children).toEqual([{ childName: 'B2' }]);
    expect(typed.operation).toEqual({ kind: 'remove', listId: 'children', index: 0 });
    for (const op of ['add:nope', 'remove:children:x', 'drop:children', 'add:__proto__', ['add:children'], 5]) {
      expect(parseFormPost(definition, { op }, previous).operation).toBeUndefined();
    }
  });
  it('never takes stored files from the browser', () => {
    const stolen = { 'f.scan': 'f9', 'f.scan.fileId': 'f9', 'f.scan.0.fileId': 'f9' };
    expect(parseFormPost(definition, stolen, { scan: [{ fileId: 'f1' }] }).values.scan).toEqual([{ fileId: 'f1' }]);
  });
  it('forgets the unit found for an address when its text was changed by hand', () => {
    const found = {
      'f.residence.unitId': 'u1',
      'f.residence.communeCode': '20779',
      'f.residence.unitOf': 'xã Hiệp Đức',
    };
    const kept = parseFormPost(definition, { ...found, 'f.residence.unitText': 'xã Hiệp Đức' });
    expect(kept.values.residence).toEqual({ unitText: 'xã Hiệp Đức', unitId: 'u1', communeCode: '20779' });
    const changed = parseFormPost(definition, { ...found, 'f.residence.unitText': 'xã Việt An' });
    expect(changed.values.residence).toEqual({ unitText: 'xã Việt An' });
  });
  it('reports names this revision does not have', () => {
    const body = { 'f.gone': 'x', 'f.children.0.nickname': 'Tí', 'f.__proto__.x': 'y', csrf: 'z', 'f.phone': '1' };
    expect(parseFormPost(definition, body).unknown).toEqual(['f.gone', 'f.children.0.nickname', 'f.__proto__.x']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
  it('does not make a million items from an index', () => {
    const body: Record<string, string> = { 'f.children.99999999.childName': 'x' };
    for (let index = 0; index < 900; index++) body[`f.children.${index}.childName`] = 'x';
    const { values } = parseFormPost(definition, body);
    expect(values.children).toHaveLength(101);
    const { errors } = evaluateForm(
      everyFieldForm(),
      { ...values, purpose: 'loan' },
      { today: '2026-11-22', demo: true, mode: 'draft' },
    );
    expect(errors.map((error) => error.code)).toContain('too-many-items');
  });
});
