/**
 * The pictures of the quickstart: made up, so that nothing needs to be fetched.
 */
@NullMarked
package io.uad.cli.quickstart;

import org.jspecify.annotations.NullMarked;
