/** Fakes, a virtual clock, and contract suites for authors of stores and providers. */
@NullMarked
package dev.reprise.testkit;

import org.jspecify.annotations.NullMarked;
