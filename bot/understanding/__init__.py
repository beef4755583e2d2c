"""What a visitor's words say. It knows no Rasa and no setting; dates are passed in."""
