/** What the app may listen to while work goes on. */
@NullMarked
package dev.reprise.event;

import org.jspecify.annotations.NullMarked;
