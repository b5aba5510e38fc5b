import { compareAll, readingOf } from '../../src/data/measured.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

function unknownFacts({ content }: CheckInput): Problem[] {
  const known = new Set(content.facts.map(({ id }) => id));
  return content.measurements.flatMap(({ id, results }) => {
    const unknown = results.flatMap(({ facts }) => facts.filter((fact) => !known.has(fact)));
    return [...new Set(unknown)].map((fact) =>
      problem(
        'reference-unknown',
        { path: entryPath('measurements', id) },
        {
          actual: `the fact \`${fact}\``,
          expected: 'a fact of that id',
          repair: 'npm run atlas -- measure',
        },
      ),
    );
  });
}

/** Results that do not agree and that nobody has read, and readings of what agrees by now. Where the emulators differ a reading may stand. */
function readings({ content }: CheckInput): Problem[] {
  const measurements = compareAll(content);
  const unread = measurements.flatMap((measurement) =>
    measurement.results
      .filter(({ verdict }) => verdict === 'disagrees')
      .filter((result) => readingOf(result, measurement, content.readings) === undefined)
      .map(({ probe, class: result, facts }) =>
        problem(
          'contradiction',
          { path: entryPath('measurements', measurement.id) },
          {
            actual: `\`${probe}\`: ${result}`,
            expected: `what ${facts.map((fact) => `facts/${fact}`).join(', ')} say of ${measurement.guest}`,
            repair:
              'Read the code. Correct the fact or the probe, or say in content/readings.yml why both are right.',
          },
        ),
      ),
  );
  const disagreeing = new Set(
    measurements.flatMap(({ id, results }) =>
      results.flatMap(({ probe, verdict }) =>
        verdict === 'disagrees' || verdict === 'disputed' ? [`${id} ${probe}`] : [],
      ),
    ),
  );
  const idle = content.readings.flatMap(({ measurements: ids, probes }) =>
    ids.flatMap((id) => probes.map((probe) => `${id} ${probe}`)),
  );
  return [
    ...unread,
    ...idle
      .filter((key) => !disagreeing.has(key))
      .map((key) =>
        problem(
          'contradiction',
          { path: 'content/readings.yml' },
          {
            actual: `a reading of \`${key}\``,
            expected: 'a result that does not agree',
            repair: 'Remove the reading: what it explains is no more.',
          },
        ),
      ),
  ];
}

export const measurements: Check = {
  name: 'measurements',
  holds:
    'What was measured agrees with the facts of the release that was run, or a person has said why not.',
  run: (input) => [...unknownFacts(input), ...readings(input)],
};
