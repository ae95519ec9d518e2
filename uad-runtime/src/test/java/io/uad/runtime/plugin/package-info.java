@NullMarked
package io.uad.runtime.plugin;

import org.jspecify.annotations.NullMarked;
