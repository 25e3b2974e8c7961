/** Text as it arrives. */
@NullMarked
package dev.reprise.examples.stream;

import org.jspecify.annotations.NullMarked;
