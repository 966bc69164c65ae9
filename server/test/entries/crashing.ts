// The server, with an error in it that nobody expects: thrown at SIGUSR1, and rejected at SIGUSR2.
import '../../src/main.ts';

process.on('SIGUSR1', () => {
  throw new Error('thrown where nobody catches');
});
process.on('SIGUSR2', () => {
  void Promise.reject(new Error('rejected where nobody waits'));
});
