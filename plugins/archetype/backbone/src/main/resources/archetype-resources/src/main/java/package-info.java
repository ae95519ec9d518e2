/** A small convolutional network: write here what the plugin does, and its source. */
package ${package};
