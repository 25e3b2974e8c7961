/** A service of an app's own, as it uses the library and as it is tested. */
@NullMarked
package dev.reprise.examples.service;

import org.jspecify.annotations.NullMarked;
