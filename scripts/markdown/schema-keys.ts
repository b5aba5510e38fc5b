import { z } from 'astro/zod';

/** A schema as JSON Schema has it, as far as keys are looked for. */
const shapeSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

function keysOf(schema: unknown, path: readonly PropertyKey[]): string[] {
  const read = shapeSchema.safeParse(schema);
  if (!read.success) return [];
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = read.data;
  const members = [...anyOf, ...oneOf].flatMap((member) => keysOf(member, path));
  const [key, ...rest] = path;
  if (key === undefined) return [...new Set([...Object.keys(properties), ...members])];
  const inner = typeof key === 'number' ? items : (properties[String(key)] ?? additionalProperties);
  return [...new Set([...keysOf(inner, rest), ...members])];
}

/** The keys that a schema knows at a path, those of every member of a union; none where it takes any key. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), path);
}
