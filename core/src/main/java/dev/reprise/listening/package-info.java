/** Whoever listens: events are queued here and told to the app. */
@NullMarked
package dev.reprise.listening;

import org.jspecify.annotations.NullMarked;
