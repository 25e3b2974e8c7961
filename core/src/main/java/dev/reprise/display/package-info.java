/** Text from outside, made fit to be shown and stored. */
@NullMarked
package dev.reprise.display;

import org.jspecify.annotations.NullMarked;
