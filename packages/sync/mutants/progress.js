// Says how far the run is, on one line for every file of tests.
export default class Progress {
  #done = 0;

  onTestFileResult(test, result, { numTotalTestSuites }) {
    this.#done += 1;
    const { name } = test.context.config.displayName;
    const outcome = result.testExecError ? 'broke' : result.numFailingTests > 0 ? 'failed' : 'passed';
    process.stderr.write(`${this.#done}/${numTotalTestSuites} ${name}: ${outcome}\n`);
  }
}
