/**
 * The gateway beside nginx and another gateway, measured in alternation. Not tests: run by {@code
 * mvn -Pload}, see {@code docs/PERFORMANCE.md}.
 */
package io.sluice.it.bench;
