/** The engine of one client in one process: beats, claims, attempts, outcomes in groups. */
@NullMarked
package dev.reprise.runner;

import org.jspecify.annotations.NullMarked;
