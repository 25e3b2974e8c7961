/**
 * A stand-in for the providers: a local HTTP server that speaks their protocols, writes texts that follow from their
 * prompts, and fails now and then the way they do. It needs no key and no network.
 *
 * <p>Start with {@link dev.reprise.examples.simulator.Simulator}.
 */
@NullMarked
package dev.reprise.examples.simulator;

import org.jspecify.annotations.NullMarked;
