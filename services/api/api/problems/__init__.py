"""Problems: lists, statements, who may see and change them."""
