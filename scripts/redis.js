// Sees to a redis-server for the tests of several instances; installs Debian's when this is a Debian machine and we may.
// Called by .ci/run alone: `npm test` skips these tests, and says so, where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const isThere = () => spawnSync('redis-server', ['--version']).status === 0;

const mayInstall = () => process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

if (!isThere() && mayInstall()) {
  process.stderr.write("› Installing Debian's redis-server for the tests of several instances\n");
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  // Its own service is not wanted: each test starts one on a port of its own.
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], options);
}
if (!isThere()) process.stderr.write('There is no redis-server: the tests of several instances will fail.\n');
