/**
 * Writes networks as ONNX, opset {@link io.uad.exchange.onnx.OnnxGraph#OPSET}: one node per layer, initializers under the
 * names of the state dict, dropout left out.
 */
@NullMarked
package io.uad.exchange.onnx;

import org.jspecify.annotations.NullMarked;
