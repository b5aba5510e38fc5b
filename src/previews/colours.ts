import tokens from '../styles/tokens.css?raw';

/** A colour of the style sheet as it is in light, by its name without the leading `--`. */
export function lightColour(name: string): string {
  const colour = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}),`).exec(tokens)?.[1];
  if (colour === undefined) throw new Error(`\`tokens.css\` has no colour \`--${name}\``);
  return colour;
}
