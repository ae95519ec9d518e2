/**
 * Which PyTorch the engine loads: the CPU natives that it comes with, or a build for CUDA that was installed.
 *
 * <p>DJL looks for natives in this order: the folder {@code PYTORCH_LIBRARY_PATH}, a jar with natives on the class path, its
 * cache, a download. A jar with the CPU natives therefore hides every GPU; an installation is loaded by the first of these
 * ways. It lies in DJL's cache, under the name that DJL's own download would have.
 */
@NullMarked
package io.uad.plugin.engine.djl.natives;

import org.jspecify.annotations.NullMarked;
