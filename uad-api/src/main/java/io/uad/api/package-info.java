/**
 * What all stages share: the provider of a component, its options, seeds, matrices, named tensors and the one exception.
 *
 * <p>A <em>plugin</em> is a jar or folder. It brings <em>components</em>, each named {@code stage/name} and each made by
 * a {@link io.uad.api.ComponentProvider}. To add one: implement the provider interface of the stage, list it in
 * {@code META-INF/services} and in {@code provides} of the module, and describe its options with a record whose
 * components carry {@link io.uad.api.Option}.
 */
@NullMarked
package io.uad.api;

import org.jspecify.annotations.NullMarked;
