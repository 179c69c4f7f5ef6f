import { describe, expect, it } from 'vitest';
import { orderBoard, readBoardOrder } from './board-order.ts';

const row = (unitName: string, received: number, [early, onTime, late]: number[], openLate = 0) => ({
  unitId: unitName,
  unitName,
  received,
  resolved: (early ?? 0) + (onTime ?? 0) + (late ?? 0),
  early: early ?? 0,
  onTime: onTime ?? 0,
  late: late ?? 0,
  open: 0,
  openLate,
});
const ROWS = [
  row('Xã Việt An', 90, [50, 30, 2]),
  row('Xã Đồng Dương', 40, [0, 0, 0]),
  row('Xã Phước Trà', 1, [0, 0, 1]),
  row('Xã An Sơn', 40, [20, 10, 1], 3),
];
const names = (order: Parameters<typeof orderBoard>[1]) => orderBoard(ROWS, order).map((one) => one.unitName);

describe('the order of the public board', () => {
  it('shows unasked first where most are past their date', () => {
    expect(readBoardOrder('')).toBe('late');
    expect(readBoardOrder('name; drop')).toBe('late');
    expect(names('late')).toEqual(['Xã An Sơn', 'Xã Việt An', 'Xã Phước Trà', 'Xã Đồng Dương']);
  });
  it('may go by share, units without a figure last', () => {
    expect(names('rate')).toEqual(['Xã Phước Trà', 'Xã An Sơn', 'Xã Việt An', 'Xã Đồng Dương']);
  });
  it('may go by number or by name, Đ after D', () => {
    expect(names('received')).toEqual(['Xã Việt An', 'Xã An Sơn', 'Xã Đồng Dương', 'Xã Phước Trà']);
    expect(names('name')).toEqual(['Xã An Sơn', 'Xã Đồng Dương', 'Xã Phước Trà', 'Xã Việt An']);
  });
});
