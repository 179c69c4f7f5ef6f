/** One entry of the side menu; shown to those who hold the permission anywhere (to all staff without one). */
export interface MenuEntry {
  /** Path of a screen's route, without the console's base. */
  to: string;
  labelKey: string;
  permission?: string;
}

/** The side menu, in groups that are separated by a line. */
export const menu: readonly (readonly MenuEntry[])[] = [[{ to: '/', labelKey: 'console.menu.home' }]];
