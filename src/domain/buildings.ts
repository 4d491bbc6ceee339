/** How a building is drawn: a name of bootstrap-icons, and a colour as `#rrggbb`. */
export interface BuildingLook {
  readonly icon: string;
  readonly colour: string;
}

/** What a building looks like until somebody chooses. */
export const PLAIN_LOOK: BuildingLook = { icon: 'building', colour: '#0b5a50' };

/** The look of a building, plain with `icon` where nobody chose one. A name such as "constructor" is none either. */
export const lookOf = (
  looks: Readonly<Record<string, BuildingLook>>,
  name: string,
  icon: string = PLAIN_LOOK.icon,
): BuildingLook => (Object.hasOwn(looks, name) ? looks[name] : undefined) ?? { ...PLAIN_LOOK, icon };

/** Ten colours that can be told apart, by light and by hue, on light and on dark ground. */
export const BUILDING_COLOURS = [
  '#0b5a50',
  '#1f6fb2',
  '#6b4fa0',
  '#b03a76',
  '#a02318',
  '#c2571a',
  '#8a6d00',
  '#4f7a28',
  '#2e7f8a',
  '#5b6470',
] as const;

export const COLOUR = /^#[0-9a-f]{6}$/;

/** Whether white or black is the better ink on a colour (`#rrggbb`), by the luminance of WCAG 2.2. */
export function inkOn(colour: string): '#ffffff' | '#000000' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // contrast with white is 1.05 / (l + 0.05), with black (l + 0.05) / 0.05
  return (luminance + 0.05) ** 2 < 1.05 * 0.05 ? '#ffffff' : '#000000';
}
