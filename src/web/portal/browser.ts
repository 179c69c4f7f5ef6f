import { enhanceForms } from '../shared/forms/enhance.ts';
import './portal.css';

enhanceForms();
