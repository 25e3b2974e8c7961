/**
 * Measures ways of running durable tasks side by side: the same tasks, the same database, one run. A new peer is a
 * {@link dev.reprise.benchmarks.Contender} and a line in {@link dev.reprise.benchmarks.Entrant}.
 */
@NullMarked
package dev.reprise.benchmarks;

import org.jspecify.annotations.NullMarked;
