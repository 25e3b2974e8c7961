/** Programs that show Reprise at work. */
@NullMarked
package dev.reprise.examples;

import org.jspecify.annotations.NullMarked;
