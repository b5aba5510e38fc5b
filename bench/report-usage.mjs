// Preloaded into a measured process: on its exit, its CPU time in seconds and its largest resident set in MB. Threads load
// it too, and say nothing.
import { isMainThread } from 'node:worker_threads';

process.on('exit', () => {
  if (!isMainThread) return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 };
  process.stderr.write(`\nusage ${JSON.stringify(usage)}\n`);
});
