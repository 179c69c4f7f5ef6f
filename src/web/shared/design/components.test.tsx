import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TranslateProvider } from '../i18n/context.tsx';
import { loadMessages } from '../i18n/load-messages.ts';
import { createTranslator } from '../i18n/translator.ts';
import { ErrorList } from './error-list.tsx';
import { RadioField, TextField } from './field.tsx';
import { Pagination, pagesToShow } from './pagination.tsx';
import { Facts, Table } from './table.tsx';
import { Timeline } from './timeline.tsx';
import { type Light, TrafficLight } from './traffic-light.tsx';

const t = createTranslator(loadMessages('vi', ['ui']));

function html(node: ReactNode): string {
  return renderToStaticMarkup(<TranslateProvider t={t}>{node}</TranslateProvider>);
}

describe('a field', () => {
  it('ties label, hint and error to its control', () => {
    const out = html(<TextField id="phone" name="phone" label="Số điện thoại" hint="Gồm 10 số" error="Thiếu số" />);
    expect(out).toContain('<label for="phone">');
    expect(out).toContain('aria-describedby="phone-error phone-hint"');
    expect(out).toContain('aria-invalid="true"');
    expect(out).toContain('Lỗi: ');
  });

  it('says nothing about errors when there are none', () => {
    const out = html(<TextField id="a" label="A" />);
    expect(out).not.toContain('aria-invalid');
    expect(out).not.toContain('aria-describedby');
  });

  it('groups radio buttons under their question', () => {
    const out = html(
      <RadioField
        id="how"
        name="how"
        label="Nhận ở đâu"
        value="b"
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
      />,
    );
    expect(out).toContain('<legend>Nhận ở đâu</legend>');
    expect(out).toMatch(/<input[^>]*checked=""[^>]*value="b"|<input[^>]*value="b"[^>]*checked=""/);
  });
});

describe('the list of errors', () => {
  it('leads to every field and counts them', () => {
    const out = html(
      <ErrorList
        problems={[
          { id: 'x', message: 'Nhập X' },
          { id: 'y', message: 'Nhập Y' },
        ]}
      />,
    );
    expect(out).toContain('Có 2 chỗ cần sửa');
    expect(out).toContain('<a href="#y">Nhập Y</a>');
  });

  it('is absent when all is well', () => {
    expect(html(<ErrorList problems={[]} />)).toBe('');
  });
});

describe('the traffic light', () => {
  it.each<Light>(['green', 'amber', 'red', 'paused', 'none'])('says %s by a word and a shape of its own', (light) => {
    const out = html(<TrafficLight light={light} bare />);
    expect(out).toContain(t(`ui.light.${light}`));
    const others = (['green', 'amber', 'red', 'paused', 'none'] as const).filter((other) => other !== light);
    const shape = /d="([^"]+)"/.exec(out)?.[1];
    for (const other of others) expect(html(<TrafficLight light={other} />)).not.toContain(`d="${shape}"`);
  });
});

describe('a table', () => {
  it('has a caption, heads with scope, and names each cell for the card view', () => {
    const out = html(
      <Table
        caption="Hồ sơ"
        columns={[
          { id: 'code', label: 'Mã', rowHead: true, cell: (row: { code: string; n: number }) => row.code },
          { id: 'n', label: 'Số lượng', numeric: true, cell: (row) => row.n, sortHref: '?s=n', sorted: 'ascending' },
        ]}
        rows={[{ code: 'A', n: 2 }]}
        rowKey={(row) => row.code}
      />,
    );
    expect(out).toContain('<caption>Hồ sơ</caption>');
    expect(out).toContain('<th scope="row">A</th>');
    expect(out).toContain('data-label="Số lượng"');
    expect(out).toContain('aria-sort="ascending"');
  });

  it('leaves empty facts out', () => {
    expect(
      html(
        <Facts
          items={[
            { term: 'A', value: '' },
            { term: 'B', value: 'b' },
          ]}
        />,
      ),
    ).not.toContain('>A<');
  });
});

describe('the pages of a list', () => {
  it('show the first, the last and the neighbours', () => {
    expect(pagesToShow(5, 9)).toEqual([1, 4, 5, 6, 9]);
    expect(pagesToShow(1, 2)).toEqual([1, 2]);
  });

  it('are not shown for one page', () => {
    expect(html(<Pagination page={1} pageCount={1} hrefFor={String} />)).toBe('');
  });
});

it('tells a history in order, with the instants for machines', () => {
  const out = html(
    <Timeline
      entries={[
        {
          id: '1',
          at: '2023-08-31T09:00:00+07:00',
          when: '09:00 ngày 31/08/2023',
          what: 'Đã tiếp nhận hồ sơ',
          current: true,
        },
      ]}
    />,
  );
  expect(out).toContain('<time class="timeline__when" dateTime="2023-08-31T09:00:00+07:00">');
  expect(out).toContain('aria-current="step"');
});
