/**
 * The differential walk: a random program that drives two stores through the same calls and compares every answer and all
 * that can be seen. {@link dev.reprise.testkit.store.walk.DifferentialWalkContract} walks in a JUnit test; authors of
 * stores compare theirs with the in-memory one.
 */
@NullMarked
package dev.reprise.testkit.store.walk;

import org.jspecify.annotations.NullMarked;
