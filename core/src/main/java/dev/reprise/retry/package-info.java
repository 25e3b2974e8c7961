/** When to try again: schedules as data, and the pure decision between another attempt and the end. */
@NullMarked
package dev.reprise.retry;

import org.jspecify.annotations.NullMarked;
