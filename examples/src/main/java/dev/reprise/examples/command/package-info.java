/** The command line: what a command is, its options, and where it reads and writes. */
@NullMarked
package dev.reprise.examples.command;

import org.jspecify.annotations.NullMarked;
