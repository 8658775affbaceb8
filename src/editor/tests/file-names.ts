/** Names of files in which pytest and unittest look for tests. */
export const TEST_FILE = /(^|[\\/])(test_[^\\/]*|[^\\/]*_test|tests)\.py$/;
