/** What a plugin that is a download of its own holds, and whether it works with nothing but the host around it. */
@NullMarked
package io.uad.testkit.plugin;

import org.jspecify.annotations.NullMarked;
