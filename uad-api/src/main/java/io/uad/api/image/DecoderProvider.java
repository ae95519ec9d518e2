package io.uad.api.image;

import io.uad.api.ComponentProvider;

/**
 * Registers a decoder.
 *
 * @since 0.1
 */
public interface DecoderProvider extends ComponentProvider<ScaledDecoder> {}
